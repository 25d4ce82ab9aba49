// The scripts only ask the program, so that they never fall behind it. It answers with a word and what it means on each
// line, or with the one line `:files`.

const bash = `# Completion of aps for bash. Put this into ~/.bashrc:  source <(aps completion bash)
_aps() {
  local word about current file
  COMPREPLY=()
  while IFS=$'\\t' read -r word about; do
    if [ "$word" = ":files" ]; then
      compopt -o filenames 2>/dev/null
      # Of a name with spaces, what is typed has backslashes that the name has not; and bash takes --from= for two words.
      current="\${COMP_WORDS[COMP_CWORD]//\\\\/}"
      [ "$current" = "=" ] && current=""
      while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("$word")
    fi
  done < <(aps __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _aps aps
`;

const zsh = `#compdef aps
# Completion of aps for zsh. Put this into ~/.zshrc, after compinit:  source <(aps completion zsh)
# Or write it to a file named _aps in a folder of $fpath.
_aps() {
  local -a found
  local line about
  for line in "\${(@f)$(aps __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z "$line" ]] && continue
    [[ "$line" == ":files" ]] && { compset -P '--*='; _files; return; }
    about="\${line#*$'\\t'}"
    found+=("\${\${line%%$'\\t'*}//:/\\\\:}\${about:+:$about}")
  done
  _describe 'aps' found
}
compdef _aps aps
# In a file of $fpath this text is the body of the function.
[[ "\${funcstack[1]}" == "_aps" ]] && _aps "$@"
`;

const fish = `# Completion of aps for fish:  aps completion fish > ~/.config/fish/completions/aps.fish
function __aps_complete
    set -l lines (aps __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
    if test "$lines" = ":files"
        set -l option (string match -r -- '^--[^=]+=' (commandline -ct))
        string join \\n -- "$option"(__fish_complete_path (string replace -- "$option" "" (commandline -ct)))
    else
        printf '%s\\n' $lines
    end
end
complete -c aps -f -a '(__aps_complete)'
`;

/** The completion script of each shell. */
export const completionScripts: Readonly<Record<string, string>> = { bash, zsh, fish };

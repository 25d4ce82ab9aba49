# Runs aps with the words of ARGS. xargs takes quotes away as a shell does, and expands nothing.
set -uo pipefail
words=()
while IFS= read -r -d '' word; do words+=("$word"); done < <(xargs printf '%s\0' <<< "$ARGS")
result=$(aps "${words[@]}")
code=$?
printf '%s\n' "$result"
end="aps-$RANDOM$RANDOM$RANDOM"
printf 'exit-code=%s\nresult<<%s\n%s\n%s\n' "$code" "$end" "$result" "$end" >> "$GITHUB_OUTPUT"
exit "$code"

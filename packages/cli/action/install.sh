# Installs aps beside the tools of the job, and puts it on the path of the steps that follow.
set -euo pipefail
folder="$RUNNER_TEMP/aps-${VERSION//[^A-Za-z0-9.-]/_}"
npm install --global --no-audit --no-fund --prefix "$folder" "@workspace-aps/cli@$VERSION"
# On Windows npm has no folder for commands.
if [ -d "$folder/bin" ]; then echo "$folder/bin" >> "$GITHUB_PATH"; else echo "$folder" >> "$GITHUB_PATH"; fi

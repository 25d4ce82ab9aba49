npx @workspace-aps/emulator --speed 100

#!/usr/bin/env node
// npm links a command when it installs, and skips one whose file is not there. A clone has no dist/ by then, but this.
import "../dist/main.js";

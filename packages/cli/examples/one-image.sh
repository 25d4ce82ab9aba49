aps image create 25b1dd14-0c84-4558-aa57-03a6c54b8e75 --name office-2026-11 --wait

# The next call makes an image, and its answer is lost.
curl --silent "$EMULATOR/__emulator/faults" --data '
  { "operation": "RecreateServerImage", "effect": { "type": "cut", "afterWork": true } }'

# Twenty-five minutes pass.
curl --silent "$EMULATOR/__emulator/clock" --data '{ "advanceMs": 1500000 }'

# What is there now.
curl --silent "$EMULATOR/__emulator/state"

import {
  AmbiguousOutcomeError,
  ApiError,
  createClient,
  createImage,
  fromEnvironment,
  ValidationError,
} from "@workspace-aps/client";

const client = createClient({ region: "ap-southeast-1", credentials: fromEnvironment() });

try {
  await createImage(client, { serverId: "no-such-server", name: "office-2026-11" });
} catch (error) {
  if (error instanceof ValidationError) {
    // Nothing was sent. Every rule that was broken, with a JSON pointer to the field.
    for (const { pointer, rule } of error.issues) console.log(pointer, rule);
  } else if (error instanceof AmbiguousOutcomeError) {
    // An image may have been started. Look before you start another.
    console.log(error.message);
  } else if (error instanceof ApiError && error.status === 404) {
    console.log("There is no such image server.", error.code, error.requestId);
  } else {
    throw error;
  }
}

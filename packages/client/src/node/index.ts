export { type NodeFetch, type NodeFetchOptions, nodeFetch } from "./connections/node-fetch.ts";
export { decodeText } from "./decode-text.ts";
export { type DefaultCredentialsOptions, defaultCredentials } from "./default-credentials.ts";
export { fromMetadata, type MetadataOptions } from "./metadata.ts";
export { fromProfile, type ProfileOptions } from "./profile.ts";

export { explainSignature, type SignatureExplanation } from "./explain.ts";
export { type AccessKey, type SignableRequest, type SignatureHeaders, signRequest } from "./sign.ts";

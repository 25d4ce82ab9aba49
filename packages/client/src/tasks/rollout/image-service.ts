import type { components, operations } from "../../generated/ims.ts";
import type { CallOptions } from "../../methods.ts";

/** An image, as the image service shows it. */
export type ServiceImage = components["schemas"]["Image"];

type ImageQuery = NonNullable<operations["ListImages"]["parameters"]["query"]>;
type Quota = operations["ShowImageQuota"]["responses"][200]["content"]["application/json"];

/** What rollouts need of the image service. */
export interface ImageService {
  listImages(
    args: { readonly query?: ImageQuery },
    call?: CallOptions,
  ): Promise<{ readonly images?: readonly ServiceImage[] }>;
  glanceDeleteImage(args: { readonly path: { readonly image_id: string } }, call?: CallOptions): Promise<unknown>;
  showImageQuota(args?: Record<string, never>, call?: CallOptions): Promise<Quota>;
}

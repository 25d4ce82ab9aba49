/** A document of one operation that is asked, sent and answered something, for what depends on nothing else. */
export function smallDocument(): Record<string, unknown> {
  const body = { type: "object", additionalProperties: false, properties: { name: { type: "string" } } };
  return {
    openapi: "3.1.0",
    info: { title: "Small", version: "1.0.0" },
    servers: [{ url: "https://small.example" }],
    security: [{ token: [] }],
    paths: {
      "/things/{id}": {
        get: {
          operationId: "ShowThing",
          tags: ["Thing"],
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: {
            200: {
              description: "The thing.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
            },
          },
        },
        post: {
          operationId: "ChangeThing",
          tags: ["Thing"],
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          requestBody: { required: true, content: { "application/json": { schema: body } } },
          responses: { 204: { description: "Done." } },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: "apiKey", in: "header", name: "X-Auth-Token" } },
      schemas: { Thing: { type: "object", required: ["id"], properties: { id: { type: "string" } } } },
    },
    tags: [{ name: "Thing", description: "Things." }],
  };
}

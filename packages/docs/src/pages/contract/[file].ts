import { contractFile, downloads } from "../../markdown/contract.ts";

export function getStaticPaths() {
  return downloads.map((file) => ({ params: { file } }));
}

export async function GET({ params }: { params: { file: string } }): Promise<Response> {
  return new Response(await contractFile(params.file));
}

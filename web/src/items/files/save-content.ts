import { Arca, isProblem } from '@arca/sdk';
import { download } from '@arca/sdk/files';

const client = new Arca();

/**
 * Lets the browser save the content of a file as it comes, the current version unless told. The first byte is asked for
 * before: what is refused is thrown here, and not told on a page of its own.
 */
export async function saveContent(
  { number, fileName }: { number: number; fileName: string },
  { version, justification }: { version?: number | undefined; justification: string | undefined },
): Promise<void> {
  try {
    const { stream } = await download(client, number, { version, justification, range: { from: 0, to: 1 } });
    await stream.cancel();
  } catch (error) {
    // An empty file has no first byte.
    if (!isProblem(error, 'range_unsatisfiable')) throw error;
  }
  const query = new URLSearchParams();
  if (version !== undefined) query.set('version', String(version));
  if (justification !== undefined) query.set('justification', justification);
  const link = document.createElement('a');
  link.href = `/api/v1/items/file/${number}/content${query.size > 0 ? `?${query}` : ''}`;
  link.download = fileName;
  link.click();
}

import mime from 'mime';

/** What these hold in a safe is not what the list thinks first of: certificates alone, or slides of Keynote. */
const own: Readonly<Record<string, string>> = { '.pem': 'application/x-pem-file', '.key': '' };

/** What a file is by the end of its name, where nobody tells; empty when that says nothing. Only a label: nothing trusts it. */
export function mediaTypeOf(fileName: string): string {
  const [, end = ''] = /[^/\\](\.[^./\\]+)$/.exec(fileName.toLowerCase()) ?? [];
  return own[end] ?? mime.getType(end) ?? '';
}

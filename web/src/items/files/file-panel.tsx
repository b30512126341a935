import { Arca, type Item } from '@arca/sdk';
import { download } from '@arca/sdk/files';
import { Download, Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { arca } from '../../api/arca.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { showToast } from '../../ui/toast.tsx';
import { refresh } from '../item-queries.ts';
import { withReason } from '../reveal.ts';
import { useExplain } from '../use-explain.ts';
import styles from './files.module.css';
import { saveContent } from './save-content.ts';
import { UploadProgress } from './upload-progress.tsx';
import { useUpload } from './use-upload.ts';

type FileItem = Extract<Item, { kind: 'file' }>;
type Shown = { text: string; isPart: boolean } | { image: ImageBitmap };

const client = new Arca();
const mostText = 64 * 1024;
const mostImage = 20 * 1024 * 1024;

/** Rasters that the browser decodes; drawings that could hold scripts are none of them. */
const isImage = ({ mediaType, size }: FileItem) =>
  /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(mediaType) && size <= mostImage;
const isText = ({ mediaType }: FileItem) => /^text\/|^application\/(json|xml|x-pem-file|yaml)$/.test(mediaType);

/** What can be done with the content of a file. */
export function FilePanel({ item }: { item: FileItem }) {
  const words = useWords();
  const explain = useExplain();
  const formats = useFormats();
  const upload = useUpload();
  const [problem, setProblem] = useState<string | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [file, setFile] = useState<File | null>(null);

  const tell = async (act: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(explain(error));
    }
  };
  const save = () => tell(() => withReason(item, (justification) => saveContent(item, { justification })));
  const preview = () =>
    tell(() =>
      withReason(item, async (justification) => {
        const range = isText(item) && item.size > mostText ? { from: 0, to: mostText } : undefined;
        const { stream } = await download(client, item.number, { justification, range });
        const bytes = await new Response(stream).blob();
        if (isText(item)) return setShown({ text: await bytes.text(), isPart: range !== undefined });
        // Decoded here and drawn anew: what is shown are dots, whatever else the file holds.
        setShown({ image: await createImageBitmap(new Blob([bytes], { type: item.mediaType })) });
      }),
    );
  const replace = async (next: File) => {
    setFile(next);
    const id = await upload.give(next);
    if (id === null) return;
    await tell(async () => {
      await arca.items.updateFile({ number: item.number, upload: id });
      upload.taken();
      setFile(null);
      setShown(null);
      showToast({ tone: 'success', text: words('items.files.replaced'), detail: item.name });
      await refresh([item]);
    });
  };
  return (
    <Card title={words('items.files.content')}>
      <div className={styles.panel}>
        <div className={styles.acts}>
          <Button variant="primary" icon={Download} onPress={() => void save()}>
            {words('items.files.download')}
          </Button>
          {(isImage(item) || isText(item)) && (
            <Button icon={shown ? EyeOff : Eye} onPress={() => (shown ? setShown(null) : void preview())}>
              {words(shown ? 'items.files.hidePreview' : 'items.files.preview')}
            </Button>
          )}
          {item.may.update && (
            <FileTrigger onSelect={(files) => files?.[0] && void replace(files[0])}>
              <Button isDisabled={upload.going !== null}>{words('items.files.replace')}</Button>
            </FileTrigger>
          )}
        </div>
        {problem !== null && <Banner tone="danger" text={problem} />}
        {file !== null && (
          <UploadProgress
            file={file}
            upload={upload}
            onResume={() => void replace(file)}
            onCancel={() => {
              upload.cancel();
              setFile(null);
            }}
          />
        )}
        {shown && <Preview item={item} shown={shown} />}
        {shown && 'text' in shown && shown.isPart && (
          <span className={styles.facts}>{words('items.files.previewPart', { size: formats.bytes(mostText) })}</span>
        )}
        {(isImage(item) || isText(item)) && (
          <span className={styles.facts}>{words('items.files.previewRecorded')}</span>
        )}
      </div>
    </Card>
  );
}

function Preview({ item, shown }: { item: FileItem; shown: Shown }) {
  const words = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const label = words('items.files.previewOf', { name: item.fileName });
  useEffect(() => {
    if (!('image' in shown) || canvas.current === null) return;
    canvas.current.width = shown.image.width;
    canvas.current.height = shown.image.height;
    canvas.current.getContext('2d')?.drawImage(shown.image, 0, 0);
  }, [shown]);
  if ('image' in shown) return <canvas ref={canvas} className={styles.image} role="img" aria-label={label} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.text} aria-label={label} tabIndex={0} translate="no">
      {shown.text}
    </section>
  );
}

import { Arca, ArcaError } from '@arca/sdk';
import { upload } from '@arca/sdk/files';
import { useEffect, useRef, useState } from 'react';

/** Uploads call by themselves: they go on while dialogs of the page ask for something. */
const client = new Arca();

type Going = { stored: number /** Bytes per second; undefined until it can be told. */; rate: number | undefined };

/** Brings the content of one file to the safe: how far it is, and how it is stopped and goes on. */
export function useUpload() {
  const [going, setGoing] = useState<Going | null>(null);
  const [error, setError] = useState<unknown>(null);
  const known = useRef<{ file: File; id: string } | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const give = async (file: File): Promise<string | null> => {
    const ending = new AbortController();
    stop.current = ending;
    setError(null);
    setGoing({ stored: 0, rate: undefined });
    const since = performance.now();
    let first: number | undefined;
    try {
      return await upload(client, file, {
        signal: ending.signal,
        resume: known.current?.file === file ? known.current.id : undefined,
        onBegin: (id) => {
          known.current = { file, id };
        },
        onProgress: (stored) => {
          first ??= stored;
          const seconds = (performance.now() - since) / 1000;
          setGoing({ stored, rate: stored > first ? (stored - first) / seconds : undefined });
        },
      });
    } catch (thrown) {
      const isStopped = thrown instanceof ArcaError && thrown.code === 'aborted';
      if (!isStopped) setError(thrown);
      return null;
    } finally {
      setGoing(null);
    }
  };
  return {
    going,
    error,
    /** Gives the upload's id; null when it stopped, and a second try goes on where it was. */
    give,
    /** Stops it, and frees its room. */
    cancel: () => {
      stop.current?.abort();
      const id = known.current?.id;
      known.current = null;
      setError(null);
      if (id !== undefined) client.uploads.cancel({ id }).catch(() => undefined); // given up by itself within a day
    },
    /** An item has taken it. */
    taken: () => {
      known.current = null;
    },
  };
}

export type Upload = ReturnType<typeof useUpload>;

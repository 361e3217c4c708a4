/** One file on its way to the server: chosen, going, refused. A refusal keeps the file, so that another source can be tried. */
import { useEffect, useRef, useState } from 'react';
import { type FileKind, sendFile } from './send-file';

export interface Going {
  loaded: number;
  total: number;
  /** Milliseconds since it began. */
  since: number;
}

export interface UploadState {
  file: File | undefined;
  going: Going | undefined;
  problem: unknown;
}

const NOTHING: UploadState = { file: undefined, going: undefined, problem: undefined };
const isStopped = (caught: unknown) => caught instanceof DOMException && caught.name === 'AbortError';

export function useUpload(onMade: (id: string) => void) {
  const [state, setState] = useState<UploadState>(NOTHING);
  const stopper = useRef<AbortController>(undefined);
  useEffect(() => () => stopper.current?.abort(), []);
  const choose = (file: File | undefined) => setState({ ...NOTHING, file });
  const stop = () => stopper.current?.abort();
  const send = async (source: string, kind: FileKind) => {
    const { file } = state;
    if (!file) return;
    stopper.current = new AbortController();
    const began = Date.now();
    const tell = (loaded: number, total: number) =>
      setState({ file, going: { loaded, total, since: Date.now() - began }, problem: undefined });
    tell(0, file.size);
    try {
      const made = await sendFile({ file, source, kind, onProgress: tell, signal: stopper.current.signal });
      onMade(made.id);
    } catch (caught) {
      setState({ file, going: undefined, problem: isStopped(caught) ? undefined : caught });
    }
  };
  return { ...state, choose, send, stop };
}

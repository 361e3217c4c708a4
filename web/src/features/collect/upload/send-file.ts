/** Sends a file with its progress. `fetch` cannot tell how much of an upload has gone, so this is the one XMLHttpRequest. */
import i18next from 'i18next';
import type { ImportMade } from '@/api/generated/types.gen';
import { csrfToken } from '@/lib/http/http';
import { keyOf, settle } from '@/lib/http/idempotency';
import { ApiProblem, problemFrom } from '@/lib/http/problem';
import { currentLanguage } from '@/lib/i18n';

export type FileKind = 'customer' | 'event' | 'consent';

interface Sent {
  file: File;
  /** Key of the source. */
  source: string;
  kind: FileKind;
  /** Bytes that have gone, and all bytes. */
  onProgress: (loaded: number, total: number) => void;
  signal: AbortSignal;
}

function formOf({ file, source, kind }: Sent): FormData {
  const form = new FormData();
  form.append('source', source);
  form.append('kind', kind);
  form.append('wait', 'true');
  form.append('file', file);
  return form;
}

/** What tells one upload from another, without reading the file. */
function identityOf({ file, source, kind }: Sent): string {
  return JSON.stringify(['upload', file.name, file.size, file.lastModified, source, kind]);
}

function unreachable(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'network.unreachable',
    title: i18next.t('problem.unreachable'),
    detail: i18next.t('problem.unreachableDetail'),
  });
}

/** Leaves the import waiting for its mapping. Throws an `ApiProblem`, or an `AbortError` when it was stopped. */
export function sendFile(sent: Sent): Promise<ImportMade> {
  const request = new XMLHttpRequest();
  const told = identityOf(sent);
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => sent.onProgress(loaded, total);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    request.onload = () => {
      settle(told, request.status);
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as ImportMade);
        return;
      }
      const answer = new Response(request.responseText, { status: request.status });
      void problemFrom(answer, i18next.t('problem.unknown')).then(reject);
    };
    sent.signal.addEventListener('abort', () => request.abort());
    request.open('POST', '/api/v1/imports');
    request.setRequestHeader('Accept-Language', currentLanguage());
    request.setRequestHeader('X-CSRFToken', csrfToken());
    request.setRequestHeader('Idempotency-Key', keyOf(told));
    request.send(formOf(sent));
  });
}

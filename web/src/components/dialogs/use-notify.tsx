/** Says at the top of the page what happened, and offers to undo it where it can be undone. */
import { App, Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/lib/http/problem';

interface Notify {
  /** With `undo` the sentence stays for ten seconds. */
  done: (text: string, undo?: () => void) => void;
  /** For what has no place on the page; elsewhere use a note beside the action. */
  failed: (problem: unknown) => void;
}

export function useNotify(): Notify {
  const { message } = App.useApp();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      done: (text, undo) => {
        const key = `done-${text}`;
        const act = () => {
          message.destroy(key);
          undo?.();
        };
        const content = undo ? (
          <>
            {text}
            <Button type="link" size="small" onClick={act}>
              {t('undo')}
            </Button>
          </>
        ) : (
          text
        );
        void message.open({ key, type: 'success', content, duration: undo ? 10 : 3 });
      },
      failed: (problem) => {
        const known = problem instanceof ApiProblem ? problem : null;
        const content = known?.detail ?? known?.title ?? t('problem.unknown');
        void message.open({ type: 'error', content, duration: 8 });
      },
    }),
    [message, t],
  );
}

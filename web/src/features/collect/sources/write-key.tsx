/** A new write key: shown once, never again, with a request that proves it. */
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/form/copy-button';
import { Note } from '@/components/marks/note';
import styles from '../collect.module.css';
import { snippetOf } from './snippet';

export function WriteKey({ writeKey, title }: { writeKey: string; title: string }) {
  const { t } = useTranslation('collect');
  const snippet = snippetOf(location.origin, writeKey);
  return (
    <div className="k-stack">
      <Note tone="success">{title}</Note>
      <div>
        <div className="k-row" style={{ marginBottom: 6 }}>
          <b className="k-small k-grow">{t('sources.writeKey')}</b>
          <CopyButton text={writeKey} label={t('sources.copyKey')} />
        </div>
        <div className={styles.secret}>{writeKey}</div>
      </div>
      <Note tone="warning">{t('sources.keyOnce')}</Note>
      <div>
        <div className="k-row" style={{ marginBottom: 6 }}>
          <b className="k-small k-grow">{t('sources.snippet')}</b>
          <CopyButton text={snippet} label={t('sources.copySnippet')} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard */}
        <pre className={styles.code} tabIndex={0}>
          {snippet}
        </pre>
        <p className="k-caption" style={{ marginTop: 6 }}>
          {t('sources.snippetHint', { origin: location.origin })}
        </p>
      </div>
    </div>
  );
}

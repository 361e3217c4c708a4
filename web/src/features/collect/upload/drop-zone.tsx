/** Where a file is dropped, or chosen by the button that fills the zone; below it the template to fill in. */
import { CloudUploadOutlined } from '@ant-design/icons';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileKind } from './send-file';
import { TemplateLinks } from './template-links';
import styles from './upload.module.css';

const ACCEPTED = '.csv,.tsv,.txt,.xlsx';

interface DropZoneProps {
  isSmall: boolean;
  isDisabled: boolean;
  /** Of the template that is offered. */
  kind: FileKind;
  onFile: (file: File) => void;
}

export function DropZone({ isSmall, isDisabled, kind, onFile }: DropZoneProps) {
  const { t } = useTranslation('collect');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !isDisabled) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse alone; the button inside does the same */}
      <div
        className={styles.zone}
        data-over={isOver}
        data-small={isSmall}
        data-disabled={isDisabled}
        onDragOver={over}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <button
          type="button"
          className={styles.pick}
          disabled={isDisabled}
          onClick={() => input.current?.click()}
        >
          <span className={styles.zoneMark}>
            <CloudUploadOutlined aria-hidden />
          </span>
          <span className={styles.zoneTitle}>
            {isSmall ? t('upload.another') : t('upload.drop')}{' '}
            <span className="k-link">{t('upload.choose')}</span>
          </span>
          <span className="k-small" style={{ color: 'var(--k-ink-3)' }}>
            {t('upload.formats')}
          </span>
        </button>
        {!isSmall && <TemplateLinks kind={kind} />}
      </div>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}

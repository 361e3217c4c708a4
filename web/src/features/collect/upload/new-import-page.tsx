/** The first step: a file and where it comes from. Nothing is written; the next page shows how the columns are understood. */
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { FootBar, Page, PageBody } from '@/components/layout/page';
import { Kbd } from '@/components/marks/kbd';
import { Note } from '@/components/marks/note';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import styles from '../collect.module.css';
import { ImportHeader } from '../imports/import-header';
import { importsQuery, sourcesQuery } from '../queries';
import { DropZone } from './drop-zone';
import { FileCard } from './file-card';
import { guessSource } from './guess-source';
import { RecentImports } from './recent-imports';
import type { FileKind } from './send-file';
import { SourceCard } from './source-card';
import { useUpload } from './use-upload';

const STEPS = ['recognize', 'map', 'try', 'import', 'revert'] as const;

function WhatHappens() {
  const { t } = useTranslation('collect');
  return (
    <Card title={t('upload.happens')}>
      <ol className={styles.lines}>
        {STEPS.map((step, i) => (
          <li key={step}>
            <span className={styles.number}>{i + 1}</span>
            <span>{t(`upload.what.${step}`)}</span>
            <span className="k-caption">{t(`upload.whatNote.${step}`)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The source that was chosen; else the one a file of this name came from; else the only one there is. */
function useSource(fileName: string | undefined) {
  const [chosen, setChosen] = useState<string>();
  const imports = useQuery(importsQuery).data ?? [];
  const sources = (useQuery(sourcesQuery).data ?? []).filter((s) => s.is_active && s.kind !== 'manual');
  const guess = fileName === undefined ? undefined : guessSource(fileName, imports);
  const guessed = sources.find(({ id }) => id === guess)?.key;
  const only = sources.length === 1 ? sources[0]?.key : undefined;
  return {
    source: chosen ?? guessed ?? only,
    isGuessed: !chosen && guessed !== undefined,
    setChosen,
    imports,
  };
}

export function NewImportPage() {
  const { t } = useTranslation('collect');
  const { t: tCommon } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [kind, setKind] = useState<FileKind>('customer');
  useBreadcrumb([{ label: t('imports.new') }]);
  const upload = useUpload((id) => {
    void client.invalidateQueries({ queryKey: importsQuery.queryKey });
    void navigate({ to: '/collect/imports/$importId', params: { importId: id } });
  });
  const { source, isGuessed, setChosen, imports } = useSource(upload.file?.name);
  const isReady = upload.file !== undefined && source !== undefined && !upload.going;
  const send = () => {
    if (!isReady || !source) return false;
    void upload.send(source, kind);
    return true;
  };
  useShortcut({ keys: 'mod+enter', group: 'page', label: t('upload.next'), onPress: send });
  const missing = upload.file ? !source && t('upload.needsSource') : t('upload.needsFile');
  return (
    <Page>
      <ImportHeader step="upload" subtitle={t('upload.subtitle')} />
      <PageBody>
        <div className={styles.columns} data-aside="wide">
          <div className={styles.column}>
            <DropZone
              isSmall={upload.file !== undefined}
              isDisabled={upload.going !== undefined}
              kind={kind}
              onFile={upload.choose}
            />
            {upload.file && (
              <FileCard
                file={upload.file}
                going={upload.going}
                problem={upload.problem}
                onRemove={() => (upload.going ? upload.stop() : upload.choose(undefined))}
              />
            )}
            {imports.length > 0 && <RecentImports imports={imports} />}
          </div>
          <div className={styles.column}>
            <SourceCard
              source={source}
              onSource={setChosen}
              isGuessed={isGuessed}
              kind={kind}
              onKind={setKind}
            />
            <WhatHappens />
            <Note tone="warning" icon={<SafetyCertificateOutlined aria-hidden />}>
              {t('upload.never')}
            </Note>
          </div>
        </div>
      </PageBody>
      <FootBar
        back={<Button onClick={() => void navigate({ to: '/collect/imports' })}>{tCommon('cancel')}</Button>}
        hint={!upload.going && missing}
      >
        <Button type="primary" disabled={!isReady} loading={upload.going !== undefined} onClick={send}>
          {t('upload.next')}
          {isReady && <Kbd keys="mod+enter" />}
        </Button>
      </FootBar>
    </Page>
  );
}

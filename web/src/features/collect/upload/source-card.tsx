/** Where the file comes from, and what it holds. A source that is not there yet is made in place. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceOut } from '@/api/generated/types.gen';
import { type Choice, ChoiceList } from '@/components/form/choice-list';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { sourcesQuery } from '../queries';
import { NewSourceDrawer } from '../sources/new-source-drawer';
import { useKindName } from '../sources/source-kinds';
import type { FileKind } from './send-file';

interface SourceCardProps {
  /** Key of the chosen source. */
  source: string | undefined;
  onSource: (key: string) => void;
  /** Whether the source was found by the name of the file. */
  isGuessed: boolean;
  kind: FileKind;
  onKind: (kind: FileKind) => void;
}

function useChoices(): (source: SourceOut) => Choice<string> {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const kindName = useKindName();
  return (source) => ({
    value: source.key,
    label: source.name,
    detail: t(source.last_import_at ? 'upload.sourceDetail' : 'upload.sourceDetailNew', {
      kind: kindName(source.kind),
      trust: source.trust,
      last: format.near(source.last_import_at),
    }),
  });
}

export function SourceCard({ source, onSource, isGuessed, kind, onKind }: SourceCardProps) {
  const { t } = useTranslation('collect');
  const can = useCan();
  const [isMaking, setMaking] = useState(false);
  const query = useQuery(sourcesQuery);
  const toChoice = useChoices();
  return (
    <Card title={t('upload.from')}>
      <div className="k-stack" style={{ gap: 12 }}>
        <QueryView query={query}>
          {(sources) => {
            const choices = sources.filter((s) => s.is_active && s.kind !== 'manual').map(toChoice);
            return choices.length > 0 ? (
              <ChoiceList label={t('upload.from')} choices={choices} value={source} onChange={onSource} />
            ) : (
              <p className="k-small k-label">
                {t(can('source.manage') ? 'upload.noSource' : 'upload.noSourceAsk')}
              </p>
            );
          }}
        </QueryView>
        {isGuessed && <p className="k-caption">{t('upload.guessed')}</p>}
        {can('source.manage') && (
          <div>
            <Button size="small" onClick={() => setMaking(true)}>
              {t('upload.newSource')}
            </Button>
          </div>
        )}
        <div>
          <div className="k-caption" style={{ marginBottom: 6 }}>
            {t('upload.holds')}
          </div>
          <Segmented<FileKind>
            label={t('upload.holds')}
            options={[
              { value: 'customer', label: t('kind.customer') },
              { value: 'event', label: t('kind.eventLong') },
              ...(can('consent.record') ? [{ value: 'consent' as const, label: t('kind.consent') }] : []),
            ]}
            value={kind}
            onChange={onKind}
          />
        </div>
      </div>
      <NewSourceDrawer
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        onMade={(made) => onSource(made.key)}
      />
    </Card>
  );
}

/** The last step: what the batch brought, and the way to take it back. */
import { CheckOutlined, MergeCellsOutlined, RollbackOutlined } from '@ant-design/icons';
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { type Figure, Figures } from '@/components/layout/figures';
import { Page, PageBody } from '@/components/layout/page';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import shared from '../collect.module.css';
import { ImportHeader } from '../imports/import-header';
import { kindOf } from '../imports/kind-of';
import { ReasonsCard } from '../trial/reasons-card';
import { secondsOf } from '../trial/share-bar';
import { readSummary } from '../trial/summary';
import { FieldsCard } from './fields-card';
import { RefusalsButton } from './refusals';
import { RevertCard } from './revert-card';
import styles from './run.module.css';

const FIGURES = ['rows_read', 'rows_accepted', 'rows_unchanged', 'rows_rejected', 'reviews_opened'] as const;

const REVIEW = '/resolve/review';

function Headline({ job, onNewFile }: { job: ImportOut; onNewFile: () => void }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const can = useCan();
  const router = useRouter();
  const canReview = can('review.decide') && REVIEW in router.routesByPath;
  const isReverted = job.state === 'reverted';
  const kind = kindOf(job);
  const facts = {
    written: format.count(job.rows_accepted - job.rows_unchanged),
    created: format.count(job.customers_created),
    updated: format.count(job.customers_updated),
    refused: format.count(job.rows_rejected),
    reviews: format.count(job.reviews_opened),
  };
  return (
    <Card>
      <div className="k-row k-wrap" style={{ gap: 16 }}>
        <span className={styles.disc} data-tone={isReverted ? 'neutral' : 'success'} aria-hidden>
          {isReverted ? <RollbackOutlined /> : <CheckOutlined />}
        </span>
        <div className="k-grow">
          <h2 className={styles.headline}>
            {t(isReverted ? 'result.reverted' : `result.headline.${kind}`, facts)}
          </h2>
          <p className="k-small k-label">
            {t(
              `result.${isReverted ? 'revertedTexts' : 'texts'}.${kind === 'consent' ? kind : 'customer'}`,
              facts,
            )}
          </p>
        </div>
        {!isReverted && job.reviews_opened > 0 && canReview && (
          <Button icon={<MergeCellsOutlined />} onClick={() => router.history.push(REVIEW)}>
            {t('result.review', { number: facts.reviews })}
          </Button>
        )}
        <RefusalsButton job={job} />
        <Button type="primary" onClick={onNewFile}>
          {t('importing.next')}
        </Button>
      </div>
    </Card>
  );
}

export function ResultStep({ job, onNewFile }: { job: ImportOut; onNewFile: () => void }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { fields, reasons } = readSummary(job.summary);
  const seconds = secondsOf(job);
  const subtitle = t(job.state === 'reverted' ? 'result.subtitleReverted' : 'result.subtitle', {
    reverted: format.dateTime(job.finished_at),
    who: job.author || t('imports.automatic'),
    when: format.dateTime(job.started_at ?? job.created_at),
    time: format.duration(seconds),
    rate: format.count(Math.round(job.rows_read / Math.max(seconds ?? 1, 0.1))),
  });
  const figures = FIGURES.map(
    (key): Figure => ({
      key,
      label: t(`imports.${key}`),
      value: format.count(job[key]),
      unit: t(key === 'reviews_opened' ? 'trial.unit.review' : 'trial.unit.refused'),
    }),
  );
  return (
    <Page>
      <ImportHeader step="done" job={job} subtitle={subtitle} />
      <PageBody>
        <Headline job={job} onNewFile={onNewFile} />
        <Figures figures={figures} />
        <div className={shared.columns} data-aside={job.state === 'reverted' ? undefined : 'wide'}>
          <div className={shared.column}>
            {fields.length > 0 && <FieldsCard fields={fields} />}
            {reasons.length > 0 && <ReasonsCard job={job} reasons={reasons} />}
          </div>
          {job.state === 'succeeded' && <RevertCard job={job} />}
        </div>
      </PageBody>
    </Page>
  );
}

/** 问卷: every survey, its state, and a first step for whoever begins. */
import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyRow } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { ImportDrawer } from './files/import-drawer';
import { NewSurveyDrawer } from './new-survey-drawer';
import { surveysQuery } from './queries';
import { type SurveyMode, type SurveyState, stateTones } from './words';

function SurveysTable({ rows }: { rows: readonly SurveyRow[] }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  return (
    <SmallTable label={t('title')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('mode')}</th>
          <th>{t('measure')}</th>
          <th>{t('questions')}</th>
          <th>{t('state')}</th>
          <th>{t('updated')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to="/engage/surveys/$surveyId" params={{ surveyId: row.id }} className="k-link">
                {row.name}
              </Link>
            </td>
            <td>{t(`modes.${row.mode as SurveyMode}`)}</td>
            <td>{row.measure.toUpperCase() || '—'}</td>
            <td>{format.count(row.questions)}</td>
            <td>
              <Status tone={stateTones[row.state as SurveyState]}>
                {t(`states.${row.state as SurveyState}`)}
              </Status>
            </td>
            <td className="k-nowrap">{format.near(row.updated_at)}</td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function SurveysPage() {
  const { t } = useTranslation('surveys');
  const navigate = useNavigate();
  const { drawer } = useSearch({ from: '/frame/engage/surveys' });
  const canManage = useCan()('survey.manage');
  const [isImporting, setImporting] = useState(false);
  const query = useQuery(surveysQuery);
  const show = (isNew: boolean) =>
    void navigate({ to: '/engage/surveys', search: isNew ? { drawer: 'new' } : {} });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), isActive: canManage, onPress: () => show(true) });
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => show(true)}>
      {t('new')}
    </Button>
  );
  const buttons = canManage && (
    <>
      <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
        {t('files.import')}
      </Button>
      {button}
    </>
  );
  return (
    <Page>
      <PageHeader frame="bar" title={t('title')} subtitle={t('subtitle')} actions={buttons} />
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                isPage
                title={t('emptyTitle')}
                text={t(canManage ? 'emptyText' : 'emptyReader')}
                action={button}
              />
            ) : (
              <Card isPadded={false}>
                <SurveysTable rows={rows} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {isImporting && <ImportDrawer onClose={() => setImporting(false)} />}
      {canManage && drawer === 'new' && <NewSurveyDrawer onClose={() => show(false)} />}
    </Page>
  );
}

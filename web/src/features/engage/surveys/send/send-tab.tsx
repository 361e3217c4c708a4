/** How a survey reaches people: one link and code for all, or a link for each customer. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOut, SurveyOut } from '@/api/generated/types.gen';
import { CopyButton } from '@/components/form/copy-button';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { invitationsQuery } from '../queries';
import { InviteDrawer } from './invite-drawer';

function OpenLink({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const address = location.origin + survey.path;
  const code = `/api/v1/surveys/${survey.id}/qr`;
  return (
    <Card title={t('openLink')}>
      <div className="k-row" style={{ alignItems: 'flex-start', gap: 24 }}>
        <img src={code} width={180} height={180} alt={t('qr')} style={{ background: '#fff' }} />
        <div className="k-stack">
          <p className="k-mono k-small" style={{ margin: 0, overflowWrap: 'anywhere' }}>
            {address}
          </p>
          <div className="k-row">
            <CopyButton text={address} label={t('copyLink')} />
            <Button size="small" href={code} download={`survey-${survey.id}.svg`}>
              {t('downloadQr')}
            </Button>
          </div>
          <p className="k-caption">{t(survey.mode === 'anonymous' ? 'openLinkAnonymous' : 'openLinkText')}</p>
        </div>
      </div>
    </Card>
  );
}

function stateOf(row: InvitationOut): 'answered' | 'opened' | 'ended' | 'waiting' {
  if (row.answered_at) return 'answered';
  if (new Date(row.ends_at) < new Date()) return 'ended';
  return row.opened_at ? 'opened' : 'waiting';
}

function Invitations({ rows }: { rows: readonly InvitationOut[] }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  return (
    <SmallTable label={t('invitations')} rowHeight={40}>
      <thead>
        <tr>
          <th>{t('customer')}</th>
          <th>{t('invitedAt')}</th>
          <th>{t('endsAt')}</th>
          <th>{t('state')}</th>
          <th>{t('link')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const state = stateOf(row);
          return (
            <tr key={row.id}>
              <td>
                <Link to="/customers/$id" params={{ id: row.customer_id }} className="k-link">
                  {row.name || t('nameless')}
                </Link>
              </td>
              <td className="k-nowrap">{format.near(row.created_at)}</td>
              <td className="k-nowrap">{format.date(row.ends_at)}</td>
              <td>
                <Status tone={state === 'answered' ? 'success' : 'neutral'}>
                  {t(`invitationStates.${state}`)}
                </Status>
              </td>
              <td>
                {row.path && state !== 'ended' && (
                  <CopyButton text={location.origin + row.path} label={t('copyLinkOf', { name: row.name })} />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </SmallTable>
  );
}

function Personal({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const [isInviting, setInviting] = useState(false);
  const canInvite = useCan()('survey.invite');
  const query = useQuery(invitationsQuery(survey.id));
  const invite = canInvite && (
    <Button type="primary" onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  );
  return (
    <>
      <QueryView query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t('noInvitations')} text={t('noInvitationsText')} action={invite} />
          ) : (
            <Card
              title={t('invitations')}
              isPadded={false}
              extra={
                <div className="k-row">
                  {canInvite && (
                    <Button href={`/api/v1/surveys/${survey.id}/invitations.csv`} download>
                      {t('downloadLinks')}
                    </Button>
                  )}
                  {invite}
                </div>
              }
            >
              <Invitations rows={rows} />
            </Card>
          )
        }
      </QueryView>
      {isInviting && <InviteDrawer survey={survey} onClose={() => setInviting(false)} />}
    </>
  );
}

export function SendTab({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  if (survey.state !== 'open') return <EmptyState title={t('notOpen')} text={t('notOpenText')} />;
  return survey.mode === 'personal' ? <Personal survey={survey} /> : <OpenLink survey={survey} />;
}

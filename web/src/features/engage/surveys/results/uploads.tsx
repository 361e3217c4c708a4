/** Files that came with answers to one question, each to be saved; whoever opens one stands in the audit. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { SmallTable } from '@/components/layout/small-table';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { uploadsQuery } from '../queries';

export function Uploads({ surveyId, question }: { surveyId: string; question: string }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const query = useQuery(uploadsQuery(surveyId));
  return (
    <QueryView query={query}>
      {(all) => {
        const rows = all.filter((one) => one.question === question);
        if (rows.length === 0) return null;
        return (
          <SmallTable label={t('files.uploads')} rowHeight={40}>
            <thead>
              <tr>
                <th>{t('files.uploads')}</th>
                <th>{t('customer')}</th>
                <th>{t('files.sentAt')}</th>
                <th>
                  <span className="k-unseen">{t('files.give')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.answer_id}>
                  <td style={{ overflowWrap: 'anywhere' }}>{one.name || '—'}</td>
                  <td>
                    {one.customer_id ? (
                      <Link to="/customers/$id" params={{ id: one.customer_id }} className="k-link">
                        {one.customer || t('nameless')}
                      </Link>
                    ) : (
                      '—'
                    )}
                  </td>
                  <td className="k-nowrap">{format.near(one.answered_at)}</td>
                  <td>
                    <Button
                      size="small"
                      href={`/api/v1/surveys/${surveyId}/uploads/${one.answer_id}/${one.question}`}
                      download
                    >
                      {t('files.give')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        );
      }}
    </QueryView>
  );
}

/** 模板: the messages that campaigns send, with what they are for. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TemplateOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { inLanguage } from '@/lib/language';
import { NewTemplateDrawer } from './new-template-drawer';
import { purposesQuery, templatesQuery } from './queries';

function TemplatesTable({ rows }: { rows: readonly TemplateOut[] }) {
  const { t } = useTranslation('templates');
  const format = useFormat();
  const { data: purposes } = useQuery(purposesQuery);
  const nameOf = (key: string) => {
    const found = purposes?.find((one) => one.key === key);
    return found ? inLanguage(found.name, format.language) : key;
  };
  return (
    <SmallTable label={t('title')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('subject')}</th>
          <th>{t('purpose')}</th>
          <th>{t('language')}</th>
          <th>{t('lastSaved')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to="/engage/templates/$templateId" params={{ templateId: row.id }} className="k-link">
                {row.name}
              </Link>
            </td>
            <td>{row.current.subject}</td>
            <td>{nameOf(row.purpose)}</td>
            <td>{row.current.language === 'en' ? 'English' : '中文'}</td>
            <td className="k-nowrap">
              {t('version', { version: row.current.number })}
              <span className="k-caption" style={{ display: 'block' }}>
                {format.near(row.current.saved_at)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function TemplatesPage() {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const { drawer } = useSearch({ from: '/frame/engage/templates' });
  const query = useQuery(templatesQuery);
  const show = (next: { drawer?: 'new' }) => void navigate({ to: '/engage/templates', search: next });
  const add = () => show({ drawer: 'new' });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), onPress: add });
  const button = (
    <Button type="primary" icon={<PlusOutlined />} onClick={add}>
      {t('new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader frame="bar" title={t('title')} subtitle={t('subtitle')} actions={button} />
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState isPage title={t('emptyTitle')} text={t('emptyText')} action={button} />
            ) : (
              <Card isPadded={false}>
                <TemplatesTable rows={rows} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {drawer === 'new' && <NewTemplateDrawer onClose={() => show({})} />}
    </Page>
  );
}

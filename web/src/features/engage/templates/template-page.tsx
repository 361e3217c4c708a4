/** One template: its message written, looked at and saved as the next version. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addTemplateVersion, updateTemplate } from '@/api/generated/sdk.gen';
import type { TemplateDetails } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { FootBar, Page, PageHeader } from '@/components/layout/page';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { type Message, toBody, toMessage } from './message';
import { MessageEditor, usePreview } from './message-editor';
import { purposesQuery, templateQuery } from './queries';
import { TestSend } from './test-send';

function useSave(template: TemplateDetails, message: Message) {
  const { t } = useTranslation('templates');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async () =>
      (
        await addTemplateVersion({
          path: { template_id: template.id },
          body: toBody(message),
          throwOnError: true,
        })
      ).data,
    onSuccess: (saved) => {
      client.setQueryData(templateQuery(template.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['templates', 'list'] });
      notify.done(t('saved', { version: saved.current.number }));
    },
    onError: notify.failed,
  });
}

function useArchive(template: TemplateDetails) {
  const { t } = useTranslation('templates');
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () =>
      (
        await updateTemplate({
          path: { template_id: template.id },
          body: { is_archived: true },
          throwOnError: true,
        })
      ).data,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['templates'] });
      notify.done(t('archived'));
      void navigate({ to: '/engage/templates' });
    },
    onError: notify.failed,
  });
}

function Desk({ template }: { template: TemplateDetails }) {
  const { t } = useTranslation('templates');
  const { language } = useFormat();
  const navigate = useNavigate();
  const [message, setMessage] = useState(() =>
    toMessage({ ...template, subject: template.current.subject, language: template.current.language }),
  );
  const [isEnding, setEnding] = useState(false);
  const { data: purposes } = useQuery(purposesQuery);
  const { data: seen } = usePreview(template.purpose, message, 'usual');
  const save = useSave(template, message);
  const archive = useArchive(template);
  useBreadcrumb([{ label: template.name }]);
  const purpose = purposes?.find(({ key }) => key === template.purpose);
  const refused = (seen?.findings ?? []).filter(({ level }) => level === 'refused').length;
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={template.name}
        tags={
          <>
            <Tag>{t('version', { version: template.current.number })}</Tag>
            <Tag>{purpose ? inLanguage(purpose.name, language) : template.purpose}</Tag>
          </>
        }
        actions={
          <>
            <TestSend purpose={template.purpose} message={message} canSend={Boolean(seen) && refused === 0} />
            <Button onClick={() => setEnding(true)}>{t('archive')}</Button>
          </>
        }
      />
      <MessageEditor purpose={template.purpose} value={message} onChange={setMessage} />
      <FootBar
        back={<Button onClick={() => void navigate({ to: '/engage/templates' })}>{t('back')}</Button>}
        hint={refused > 0 && t('mendFirst', { count: refused })}
      >
        <Button
          type="primary"
          disabled={!seen || refused > 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('save')}
        </Button>
      </FootBar>
      <ConfirmDialog
        isOpen={isEnding}
        title={t('archiveTitle', { name: template.name })}
        confirmLabel={t('archive')}
        onConfirm={() => archive.mutateAsync()}
        onClose={() => setEnding(false)}
      >
        {t('archiveText')}
      </ConfirmDialog>
    </Page>
  );
}

export function TemplatePage() {
  const { templateId } = useParams({ from: '/frame/engage/templates/$templateId' });
  const query = useQuery(templateQuery(templateId));
  return <QueryView query={query}>{(template) => <Desk key={template.id} template={template} />}</QueryView>;
}

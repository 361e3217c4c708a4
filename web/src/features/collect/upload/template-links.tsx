/** An empty file whose headers are the fields: filled in and uploaded, its columns map themselves. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import type { FileKind } from './send-file';
import styles from './upload.module.css';

const FORMS = ['xlsx', 'csv'] as const;

export function TemplateLinks({ kind }: { kind: FileKind }) {
  const { t } = useTranslation('collect');
  const { language } = useFormat();
  const path = (form: string) =>
    `/api/v1/import-template?${new URLSearchParams({ kind, form, language: language === 'en' ? 'en' : 'zh' })}`;
  return (
    <div className={styles.templates}>
      <div className="k-row k-wrap" style={{ gap: 8, justifyContent: 'center' }}>
        {FORMS.map((form) => (
          <Button key={form} icon={<DownloadOutlined />} href={path(form)} download>
            {t(`upload.template.${form}`)}
          </Button>
        ))}
      </div>
      <p className="k-caption">{t(`upload.templateHint.${kind}`)}</p>
    </div>
  );
}

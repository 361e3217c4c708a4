/** The file that was chosen; while it goes, how much of it has gone; refused, why and what to do. */
import { CloseOutlined, FileExcelOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { ProgressBar } from '@/components/marks/progress-bar';
import { useFormat } from '@/lib/format/use-format';
import styles from './upload.module.css';
import type { Going, UploadState } from './use-upload';

function useProgressWords(): (going: Going) => string {
  const { t } = useTranslation('collect');
  const format = useFormat();
  return ({ loaded, total, since }) => {
    if (loaded >= total) return t('upload.recognizing');
    const sizes = t('upload.sent', { loaded: format.size(loaded), total: format.size(total) });
    if (since < 1000 || loaded === 0) return sizes;
    const rest = ((total - loaded) / loaded) * (since / 1000);
    return t('upload.sentRest', { sizes, rest: format.duration(Math.max(1, Math.round(rest))) });
  };
}

interface FileCardProps extends UploadState {
  file: File;
  onRemove: () => void;
}

export function FileCard({ file, going, problem, onRemove }: FileCardProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const words = useProgressWords();
  return (
    <Card isPadded={false} title={t(going ? 'upload.going' : 'upload.chosen')}>
      <div className={styles.file}>
        <FileExcelOutlined className={styles.fileMark} aria-hidden />
        <div className="k-grow">
          <div className={styles.fileLine}>
            <b className="k-ellipsis">{file.name}</b>
            <span className="k-nowrap" style={{ color: 'var(--k-ink-3)' }} aria-live="polite">
              {going ? words(going) : format.size(file.size)}
            </span>
          </div>
          {going && (
            <div style={{ marginTop: 6 }}>
              <ProgressBar
                share={going.total > 0 ? going.loaded / going.total : 1}
                label={t('upload.going')}
              />
            </div>
          )}
        </div>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t(going ? 'upload.stop' : 'upload.remove')}
          onClick={onRemove}
        />
      </div>
      {problem != null && (
        <div style={{ padding: '0 16px 16px' }}>
          <ProblemNote problem={problem} />
        </div>
      )}
    </Card>
  );
}

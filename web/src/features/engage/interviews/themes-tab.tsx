/** The themes of a guide: what talks are read by. A key stays once it is there, since records hold it. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ThemeOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import styles from './interviews.module.css';
import { freeKey } from './words';

interface ThemesTabProps {
  themes: readonly ThemeOut[];
  isReadOnly: boolean;
  onChange: (themes: ThemeOut[]) => void;
}

export function ThemesTab({ themes, isReadOnly, onChange }: ThemesTabProps) {
  const { t } = useTranslation('interviews');
  const write = (key: string, part: Partial<ThemeOut>) =>
    onChange(themes.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <Card title={t('themes.title')}>
      <fieldset className={styles.themes} disabled={isReadOnly}>
        <legend className="k-caption">{t('themes.text')}</legend>
        {themes.length === 0 && <p className="k-caption">{t('themes.none')}</p>}
        {themes.map((one, at) => (
          <div key={one.key} className="k-row">
            <Input
              aria-label={t('themes.of', { number: at + 1 })}
              placeholder={t('themes.name')}
              value={one.zh}
              maxLength={40}
              onChange={(event) => write(one.key, { zh: event.target.value })}
            />
            <Input
              aria-label={`${t('themes.of', { number: at + 1 })} English`}
              placeholder={t('themes.nameEn')}
              value={one.en}
              maxLength={40}
              onChange={(event) => write(one.key, { en: event.target.value })}
            />
            {!isReadOnly && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('themes.remove', { name: one.zh })}
                onClick={() => onChange(themes.filter(({ key }) => key !== one.key))}
              />
            )}
          </div>
        ))}
        {!isReadOnly && (
          <div>
            <Button
              size="small"
              icon={<PlusOutlined />}
              disabled={themes.length >= 50}
              onClick={() => onChange([...themes, { key: freeKey(themes), zh: '', en: '' }])}
            >
              {t('themes.add')}
            </Button>
          </div>
        )}
      </fieldset>
    </Card>
  );
}

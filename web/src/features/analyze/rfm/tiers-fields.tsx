/** The tiers of a model of value: their names, and from which score to which. */
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TierOut } from '@/api/generated/types.gen';
import styles from './rfm.module.css';
import type { PartProps } from './rfm-form';

/** Every span of scores: 1–5, 1–4 … 5. */
function spansOf(scores: number) {
  const each = Array.from({ length: scores }, (_, place) => place + 1);
  return each.flatMap((least) =>
    each
      .filter((most) => most >= least)
      .map((most) => ({
        value: `${least}-${most}`,
        label: least === most ? `${least}` : `${least}–${most}`,
      })),
  );
}

interface TiersProps extends PartProps {
  /** Those of the draft, or the standard ones. */
  tiers: readonly TierOut[];
}

export function Tiers({ value, change, tiers }: TiersProps) {
  const { t } = useTranslation('rfm');
  const spans = spansOf(value.scores);
  const put = (key: string, part: Partial<TierOut>) =>
    change({ tiers: tiers.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <section className={styles.section}>
      <h2>{t('tiers')}</h2>
      <p className="k-caption">{t('tiersText')}</p>
      <div className={styles.tier} aria-hidden>
        {(['nameZh', 'nameEn', 'r', 'f', 'm'] as const).map((one) => (
          <span key={one} className="k-caption">
            {t(one)}
          </span>
        ))}
      </div>
      {tiers.map((one) => (
        <div key={one.key} className={styles.tier}>
          {(['zh', 'en'] as const).map((language) => (
            <Input
              key={language}
              aria-label={`${t(language === 'zh' ? 'nameZh' : 'nameEn')} ${one.key}`}
              value={one.name[language]}
              maxLength={40}
              onChange={(event) => put(one.key, { name: { ...one.name, [language]: event.target.value } })}
            />
          ))}
          {(['r', 'f', 'm'] as const).map((part) => (
            <Select
              key={part}
              aria-label={`${t(part)} ${one.key}`}
              value={one[part].join('-')}
              options={spans}
              onChange={(span) => put(one.key, { [part]: span.split('-').map(Number) })}
            />
          ))}
        </div>
      ))}
      {value.tiers && (
        <Button
          type="link"
          size="small"
          style={{ justifySelf: 'start', paddingInline: 0 }}
          onClick={() => change({ tiers: undefined })}
        >
          {t('standardTiers')}
        </Button>
      )}
    </section>
  );
}

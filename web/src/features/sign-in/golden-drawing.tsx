/** Five records of one person run into one golden record; said in words for those who do not see it. */
import { useTranslation } from 'react-i18next';

const box = { fill: 'var(--k-surface)', stroke: 'var(--k-line)' };
const caption = { fontSize: 12, fill: 'var(--k-ink-3)' };
const word = { fontSize: 13, fill: 'var(--k-ink)' };

export function GoldenDrawing({ className }: { className: string | undefined }) {
  const { t } = useTranslation('signIn');
  const records = [
    [t('drawing.core'), '沈静仪'],
    [t('drawing.card'), '沈靜儀'],
    [t('drawing.wealth'), 'Shen Jingyi'],
    [t('drawing.calls'), '沈静怡'],
    [t('drawing.app'), 'u_88213'],
  ] as const;
  const fields = [
    [t('drawing.mobile'), '138****1234', t('drawing.fromCard')],
    [t('drawing.address'), t('drawing.place'), t('drawing.fromWealth')],
    [t('drawing.consent'), t('drawing.channels'), t('drawing.given')],
  ] as const;
  return (
    <svg
      className={className}
      viewBox="0 0 880 430"
      preserveAspectRatio="xMinYMax meet"
      role="img"
      aria-label={t('drawing.label')}
    >
      <g fill="none" strokeWidth="2" stroke="var(--k-primary)" strokeOpacity=".32">
        {[70, 150, 230, 310, 390].map((y) => (
          <path key={y} d={`M210 ${y}C330 ${y} 350 230 470 230`} />
        ))}
      </g>
      <path d="M500 230H560" stroke="#D9A62E" strokeWidth="2.5" />
      {records.map(([source, name], i) => (
        <g key={source} transform={`translate(56 ${46 + i * 80})`}>
          <rect width="154" height="48" rx="8" {...box} />
          <text x="14" y="20" {...caption}>
            {source}
          </text>
          <text x="14" y="38" {...word}>
            {name}
          </text>
        </g>
      ))}
      <circle cx="485" cy="230" r="15" fill="#F2B93B" />
      <circle cx="485" cy="230" r="23" fill="none" stroke="#F2B93B" strokeOpacity=".4" strokeWidth="2" />
      <g transform="translate(562 148)">
        <rect width="232" height="164" rx="12" {...box} />
        <circle cx="38" cy="40" r="19" fill="var(--k-hue-0)" />
        <text x="38" y="46" textAnchor="middle" fontSize="16" fontWeight="600" fill="var(--k-hue-0-text)">
          沈
        </text>
        <text x="68" y="37" fontSize="15" fontWeight="600" fill="var(--k-ink)">
          沈静仪
        </text>
        <text x="68" y="55" {...caption}>
          {t('drawing.madeOf')}
        </text>
        {fields.map(([label, value, source], i) => (
          <g key={label} transform={`translate(20 ${90 + i * 24})`}>
            <text {...caption}>{label}</text>
            <text x="52" fontSize="12" fill="var(--k-ink)">
              {value}
            </text>
            <text x="194" textAnchor="end" fontSize="12" fill="var(--k-gold-text)">
              {source}
            </text>
          </g>
        ))}
      </g>
    </svg>
  );
}

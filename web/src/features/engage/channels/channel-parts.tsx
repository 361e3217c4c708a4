/** The parts of the form of an account: one control a setting, tied to its name on the server. */
import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/form/copy-button';
import { Field } from '@/components/form/field';
import { type ChannelForm, PORTS, type Security } from './channel-form';
import styles from './channels.module.css';

export interface PartProps {
  value: ChannelForm;
  change: (part: Partial<ChannelForm>) => void;
}

interface TextProps extends PartProps {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
  isOptional?: boolean;
}

export function TextField({ value, change, name, label, hint, placeholder, isOptional = false }: TextProps) {
  return (
    <Field label={label} hint={hint} isOptional={isOptional}>
      {(control) => (
        <Input
          {...control}
          value={value.text[name] ?? ''}
          maxLength={255}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(event) => change({ text: { ...value.text, [name]: event.target.value } })}
        />
      )}
    </Field>
  );
}

interface SecretProps extends PartProps {
  name: string;
  label: string;
  hint?: string;
  isKept: boolean;
}

export function SecretField({ value, change, name, label, hint, isKept }: SecretProps) {
  const { t } = useTranslation('channels');
  return (
    <Field label={label} hint={isKept ? t('secretKept') : hint}>
      {(control) => (
        <Input.Password
          {...control}
          autoComplete="new-password"
          value={value.secrets[name] ?? ''}
          maxLength={1000}
          onChange={(event) => change({ secrets: { ...value.secrets, [name]: event.target.value } })}
        />
      )}
    </Field>
  );
}

function NumberField({
  value,
  change,
  name,
  label,
  hint,
}: PartProps & { name: string; label: string; hint?: string }) {
  return (
    <Field label={label} hint={hint}>
      {({ status, ...control }) => (
        <InputNumber
          {...control}
          status={status}
          min={0}
          precision={0}
          style={{ width: '100%' }}
          value={value.numbers[name] ?? 0}
          onChange={(number) => change({ numbers: { ...value.numbers, [name]: number ?? 0 } })}
        />
      )}
    </Field>
  );
}

export function ServerPart({
  value,
  change,
  hasSecret,
}: PartProps & { hasSecret: (name: string) => boolean }) {
  const { t } = useTranslation('channels');
  const options = (['starttls', 'tls', 'none'] as const).map((key) => ({
    value: key,
    label: t(`securities.${key}`),
  }));
  const { port } = value.numbers;
  const isUsual = port === null || port === undefined || Object.values(PORTS).includes(port);
  const secure = (security: Security) =>
    change({ security, numbers: { ...value.numbers, port: isUsual ? PORTS[security] : port } });
  const both = { value, change };
  return (
    <>
      <div className={styles.pair}>
        <TextField {...both} name="host" label={t('server')} placeholder="smtp.example.com" />
        <NumberField {...both} name="port" label={t('port')} />
      </div>
      <Field label={t('security')}>
        {({ status, ...control }) => (
          <Select {...control} status={status} value={value.security} options={options} onChange={secure} />
        )}
      </Field>
      {value.security !== 'none' && (
        <Checkbox
          checked={value.isCertificateChecked}
          onChange={(event) => change({ isCertificateChecked: event.target.checked })}
        >
          {t('checkCertificate')}
        </Checkbox>
      )}
      <div className={styles.halves}>
        <TextField {...both} name="username" label={t('username')} isOptional />
        <SecretField {...both} name="password" label={t('password')} isKept={hasSecret('password')} />
      </div>
      <div className={styles.halves}>
        <TextField {...both} name="from_address" label={t('fromAddress')} placeholder="service@example.com" />
        <TextField {...both} name="from_name" label={t('fromName')} isOptional />
      </div>
      <TextField {...both} name="reply_to" label={t('replyTo')} isOptional />
    </>
  );
}

interface DkimProps extends PartProps {
  hasKey: boolean;
  dns: { name: string; text: string } | null | undefined;
}

export function DkimPart({ value, change, hasKey, dns }: DkimProps) {
  const { t } = useTranslation('channels');
  return (
    <section className="k-stack">
      <div>
        <h2 className={styles.title}>{t('dkim')}</h2>
        <p className="k-caption">{t('dkimHint')}</p>
      </div>
      <div className={styles.halves}>
        <TextField value={value} change={change} name="dkim_domain" label={t('dkimDomain')} isOptional />
        <TextField value={value} change={change} name="dkim_selector" label={t('dkimSelector')} isOptional />
      </div>
      {value.text.dkim_domain && (
        <Checkbox checked={value.makesKey} onChange={(event) => change({ makesKey: event.target.checked })}>
          {t('dkimMake')}
        </Checkbox>
      )}
      {hasKey && dns && (
        <div className={styles.record}>
          <p>{t('dkimRecord')}</p>
          <p className="k-caption">{t('recordName')}</p>
          <code>{dns.name}</code> <CopyButton text={dns.name} label={t('recordName')} />
          <p className="k-caption">{t('recordText')}</p>
          <code>{dns.text}</code> <CopyButton text={dns.text} label={t('recordText')} />
        </div>
      )}
    </section>
  );
}

export function BouncesPart({
  value,
  change,
  hasSecret,
}: PartProps & { hasSecret: (name: string) => boolean }) {
  const { t } = useTranslation('channels');
  const both = { value, change };
  return (
    <section className="k-stack">
      <div>
        <h2 className={styles.title}>{t('bounces')}</h2>
        <p className="k-caption">{t('bouncesHint')}</p>
      </div>
      <TextField {...both} name="imap_host" label={t('imapHost')} isOptional />
      {value.text.imap_host && (
        <div className={styles.halves}>
          <TextField {...both} name="imap_username" label={t('imapUsername')} />
          <SecretField
            {...both}
            name="imap_password"
            label={t('imapPassword')}
            isKept={hasSecret('imap_password')}
          />
        </div>
      )}
    </section>
  );
}

export function LimitsPart({ value, change }: PartProps) {
  const { t } = useTranslation('channels');
  const both = { value, change };
  return (
    <section className="k-stack">
      <div>
        <h2 className={styles.title}>{t('limits')}</h2>
        <p className="k-caption">{t('noLimit')}</p>
      </div>
      <div className={styles.thirds}>
        <NumberField {...both} name="per_second" label={t('perSecond')} />
        <NumberField {...both} name="window_count" label={t('windowCount')} />
        <NumberField {...both} name="window_seconds" label={t('windowSeconds')} />
      </div>
    </section>
  );
}

/** 为什么能看到: whether a user sees a customer, and by which way. The customer himself is not shown. */
import { CheckCircleOutlined, EyeInvisibleOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explainAccess } from '@/api/generated/sdk.gen';
import type { AccessIn, AccessOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Note } from '@/components/marks/note';
import { ErrorState } from '@/components/states/error-state';
import { NoPermissionState } from '@/components/states/no-permission-state';
import { toCustomerId } from '@/lib/customer-id';
import { ApiProblem } from '@/lib/http/problem';
import { useCan, useMe } from '@/lib/session/me';
import { useLabel } from '../labels';
import styles from '../settings.module.css';
import { FieldRules } from './field-rules';
import { UserPicker } from './user-picker';

function Answer({ answer }: { answer: AccessOut }) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const Sign = answer.can_see ? CheckCircleOutlined : EyeInvisibleOutlined;
  return (
    <>
      <Card>
        <div className="k-stack">
          <div className={`${styles.answer} ${answer.can_see ? '' : 'k-label'}`} role="status">
            <Sign aria-hidden />
            {t(answer.can_see ? 'access.sees' : 'access.seesNot', { name: answer.user.name })}
          </div>
          <ul className={styles.lines}>
            {answer.reasons.map((reason) => (
              <li key={`${reason.kind} ${reason.sentence.en}`}>{label(reason.sentence)}</li>
            ))}
          </ul>
          <dl className={styles.facts}>
            <dt>{t('access.belongs')}</dt>
            <dd>{answer.customer.unit.name}</dd>
            <dt>{t('access.owner')}</dt>
            <dd>{answer.customer.owner?.name ?? t('access.noOwner')}</dd>
            <dt>{t('access.scope')}</dt>
            <dd>{answer.scope ? label(answer.scope) : '—'}</dd>
          </dl>
          {!answer.is_consistent && <Note tone="error">{t('access.inconsistent')}</Note>}
        </div>
      </Card>
      {answer.can_see && <FieldRules name={answer.user.name} rules={answer.fields} />}
    </>
  );
}

function Refusal({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  const { t } = useTranslation('settings');
  const isAbsent = problem instanceof ApiProblem && problem.status === 404;
  if (isAbsent) return <Note tone="warning">{problem.detail ?? t('access.notThere')}</Note>;
  return <ErrorState problem={problem} title={t('access.failed')} onRetry={onRetry} />;
}

export function AccessPage() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const me = useMe();
  const canExplain = useCan()('access.explain');
  const search = useSearch({ from: '/frame/settings/access' });
  const [text, setText] = useState(search.customer ?? '');
  const user = search.user ?? me.user.id;
  const customer = toCustomerId(text);
  const explain = useMutation({
    mutationFn: async (body: AccessIn) => (await explainAccess({ body, throwOnError: true })).data,
  });
  if (!canExplain) return <NoPermissionState />;
  const ask = () => {
    if (!customer) return;
    void navigate({ to: '/settings/access', search: { user, customer }, replace: true });
    explain.mutate({ user_id: user, customer_id: customer });
  };
  const isWrong = text.trim() !== '' && customer === undefined;
  return (
    <Page>
      <PageHeader title={t('access.title')} subtitle={t('access.subtitle')} />
      <PageBody>
        <div className="k-column k-stack">
          <Card>
            <form
              className="k-stack"
              onSubmit={(event) => {
                event.preventDefault();
                ask();
              }}
            >
              <UserPicker
                value={user}
                onChange={(id) => {
                  explain.reset();
                  void navigate({
                    to: '/settings/access',
                    search: { user: id, ...(customer ? { customer } : {}) },
                    replace: true,
                  });
                }}
              />
              <Field
                label={t('access.customer')}
                hint={t('access.customerHint')}
                error={isWrong ? t('access.notAnId') : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    value={text}
                    maxLength={300}
                    spellCheck={false}
                    onChange={(event) => {
                      explain.reset();
                      setText(event.target.value);
                    }}
                  />
                )}
              </Field>
              <div className="k-row">
                <Button type="primary" htmlType="submit" disabled={!customer} loading={explain.isPending}>
                  {t('access.ask')}
                </Button>
                <span className="k-caption">{t('access.recorded')}</span>
              </div>
            </form>
          </Card>
          {explain.error && <Refusal problem={explain.error} onRetry={ask} />}
          {explain.data && <Answer answer={explain.data} />}
        </div>
      </PageBody>
    </Page>
  );
}

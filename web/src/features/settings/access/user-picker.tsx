/**
 * Whom the question is about. Whoever may list users chooses by name;
 * all others give the number under which users stand in the audit and in the list of users.
 */
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { useCan, useMe } from '@/lib/session/me';
import { usersQuery } from '../queries';

interface UserPickerProps {
  value: number;
  onChange: (id: number) => void;
}

export function UserPicker({ value, onChange }: UserPickerProps) {
  const { t } = useTranslation('settings');
  const me = useMe();
  const canList = useCan()('user.manage', 'access.explain', 'audit.read', 'role.manage');
  const users = useQuery({ ...usersQuery, enabled: canList }).data ?? [];
  const isMe = value === me.user.id;
  const toMe = (
    <Button type="link" size="small" disabled={isMe} onClick={() => onChange(me.user.id)}>
      {t('access.me')}
    </Button>
  );
  if (canList) {
    return (
      <Field label={t('access.user')} aside={toMe}>
        {({ status, ...control }) => (
          <Select<number>
            {...control}
            status={status}
            showSearch={{ optionFilterProp: 'label' }}
            value={value}
            options={users.map((user) => ({ value: user.id, label: `${user.name} ${user.email}` }))}
            onChange={onChange}
          />
        )}
      </Field>
    );
  }
  return (
    <Field
      label={t('access.userNumber')}
      hint={isMe ? t('access.thisIsYou', { name: me.user.name }) : t('access.userNumberHint')}
      aside={toMe}
    >
      {(control) => (
        <InputNumber
          {...control}
          value={value}
          min={1}
          max={2_147_483_647}
          precision={0}
          style={{ width: 200 }}
          onChange={(id) => id && onChange(id)}
        />
      )}
    </Field>
  );
}

/** A unit out of the tree: indented in the list, found by name or code, and chosen by its code. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { CSSProperties } from 'react';
import type { FieldControl } from '@/components/form/field';
import { unitsQuery } from '../queries';

const STEP = 16;

interface UnitSelectProps {
  /** Of the field around it; without one, `label` names the choice. */
  control?: FieldControl;
  label?: string;
  value: string;
  onChange: (code: string) => void;
  style?: CSSProperties;
}

export function UnitSelect({ control, label, value, onChange, style }: UnitSelectProps) {
  const units = useQuery(unitsQuery).data ?? [];
  const depths = new Map(units.map((unit) => [unit.code, unit.depth]));
  return (
    <Select<string>
      {...control}
      {...(label ? { 'aria-label': label } : {})}
      {...(style ? { style } : {})}
      showSearch={{ optionFilterProp: 'title' }}
      value={value || (units[0]?.code ?? '')}
      options={units.map(({ code, name }) => ({ value: code, label: name, title: `${name} ${code}` }))}
      optionRender={(option) => (
        <span style={{ paddingInlineStart: STEP * (depths.get(String(option.value)) ?? 0) }}>
          {option.label}
        </span>
      )}
      onChange={onChange}
    />
  );
}

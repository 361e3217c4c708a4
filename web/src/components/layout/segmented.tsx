/** Two to five choices of which one holds, in 28 px. */
import { Segmented as AntSegmented } from 'antd';

interface SegmentedProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

export function Segmented<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  return (
    <AntSegmented<Value>
      size="small"
      aria-label={label}
      className="k-segmented"
      options={[...options]}
      value={value}
      onChange={onChange}
    />
  );
}

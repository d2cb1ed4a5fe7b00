import { List } from '@mantine/core';

interface Props {
  /** The fields of each row that follows, as they are labelled. */
  readonly of: readonly { readonly label: string; readonly meaning: string }[];
}

/** What the fields of a list's rows mean and what to think about, said once above the rows. */
export function Meanings({ of }: Props) {
  return (
    <List size="sm" c="dimmed" maw="var(--peerhold-measure)">
      {of.map(({ label, meaning }) => (
        <List.Item key={label}>
          <b>{label}</b>: {meaning}
        </List.Item>
      ))}
    </List>
  );
}

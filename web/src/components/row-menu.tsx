import { ActionIcon, Menu } from '@mantine/core';
import { type Icon, IconDots } from '@tabler/icons-react';
import { useRef } from 'react';

export interface RowAction {
  text: string;
  icon?: Icon;
  onClick: () => void;
  dangerous?: boolean;
}

/** What can be done with a row; nothing where nothing can be. `label` names the row, too. */
export function RowMenu({ label, actions }: { label: string; actions: readonly (RowAction | false)[] }) {
  const button = useRef<HTMLButtonElement>(null);
  const possible = actions.filter((action): action is RowAction => action !== false);
  if (possible.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon ref={button} variant="subtle" color="gray" aria-label={label}>
          <IconDots size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {possible.map(({ text, icon: ItemIcon, onClick, dangerous }) => (
          <Menu.Item
            key={text}
            onClick={() => {
              // To where a dialog that it opens gives the keyboard back: this entry is gone by then.
              button.current?.focus();
              onClick();
            }}
            color={dangerous ? 'red' : undefined}
            leftSection={ItemIcon && <ItemIcon size={16} stroke={1.7} aria-hidden />}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

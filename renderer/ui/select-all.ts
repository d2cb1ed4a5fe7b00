import type { SyntheticEvent } from 'react';

/**
 * For the click and the focus of a field that looks for what is typed among choices: what is typed takes the place of the name of what is
 * chosen. Once the field has put the caret where it was clicked.
 */
export const selectAll = ({ currentTarget: field }: SyntheticEvent<HTMLInputElement>): void =>
  void setTimeout(() => field.select());

import classes from './editor.module.css';
import { hueOf } from './hue';

const memberOf = (user: Readonly<Record<string, unknown>>): string =>
  typeof user['member'] === 'string' ? user['member'] : '';

/** Another member's caret with their name. Built from elements, since what another peer sends is never markup. */
export function caret(user: Readonly<Record<string, unknown>>, nameOf: (member: string) => string): HTMLElement {
  const member = memberOf(user);
  const mark = document.createElement('span');
  mark.className = classes['caret'] ?? '';
  mark.dataset['hue'] = String(hueOf(member));
  // The name is in the list of who is here; inside the text it would be read as part of it.
  mark.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.className = classes['caretName'] ?? '';
  label.textContent = nameOf(member);
  mark.append(label);
  return mark;
}

export function caretSelection(user: Readonly<Record<string, unknown>>): Record<string, string> {
  return { class: classes['caretSelection'] ?? '', 'data-hue': String(hueOf(memberOf(user))) };
}

import { describe, expect, it } from 'vitest';
import words from '../../../i18n/en/pagetemplates.json';
import { parseMarkdown } from '../../../../shared/commons/text/parse';
import { markdownOf } from '../../../../shared/commons/text/write';
import { TEMPLATES } from './templates';

describe('the templates of pages', () => {
  it.each(TEMPLATES)(
    '%s is Markdown that is read back as it is written, and has no place to fill in by code',
    (name) => {
      const { text } = words[name];
      const nodes = parseMarkdown(text);
      // Spaces for what is to be written are at the ends of lines, where the canonical text has none.
      const trimmed = text.replace(/ +$/gm, '').replaceAll('|  ', '| ');
      expect(markdownOf(nodes).replaceAll('|  ', '| ')).toBe(trimmed);
      expect(text).not.toMatch(/\{\{|\$t\(/);
    },
  );
});

/** The words in copies of the record, by their keys in shared/words/en/copies.json. */
export const COPY_WORDS = [
  'folder',
  'version',
  'suspended',
  'parameters',
  'ballots',
  'discussion',
  'decisions',
  'discussions',
  'untitled',
  'nobody',
  'erased',
  'settled',
  'agree',
  'abstain',
  'disagree',
  'block',
] as const;
export type CopyWords = Readonly<Record<(typeof COPY_WORDS)[number], string>>;

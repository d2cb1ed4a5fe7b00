import { Radio, Select, Stack, Title, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TEXT_SCALES, preferences } from '../../app/preferences';
import { LANGUAGES } from '../../i18n/i18n';

const SCHEMES = ['auto', 'light', 'dark'] as const;
const AUTOMATIC = 'auto';

/** Language, light or dark, and text size; kept on this device. */
export function Appearance() {
  const { t, i18n } = useTranslation('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, textScale, setLanguage, setTextScale } = preferences();
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  return (
    <section aria-labelledby="appearance">
      <Title order={2} id="appearance" mb="sm">
        {t('appearance')}
      </Title>
      <Stack maw="26rem">
        <Select
          label={t('language.label')}
          description={t('language.hint')}
          data={[
            { value: AUTOMATIC, label: t('language.automatic') },
            ...LANGUAGES.map((tag) => ({ value: tag, label: names.of(tag) ?? tag })),
          ]}
          value={language ?? AUTOMATIC}
          allowDeselect={false}
          onChange={(value) => setLanguage(value === AUTOMATIC ? null : value)}
        />
        <Radio.Group
          label={t('scheme.label')}
          value={colorScheme}
          onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme === value) ?? 'auto')}
        >
          <Stack gap="xs" mt="xs">
            {SCHEMES.map((scheme) => (
              <Radio key={scheme} value={scheme} label={t(`scheme.${scheme}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Radio.Group
          label={t('textSize.label')}
          value={String(textScale)}
          onChange={(value) => setTextScale(TEXT_SCALES.find((scale) => String(scale) === value) ?? 1)}
        >
          <Stack gap="xs" mt="xs">
            {TEXT_SCALES.map((scale) => (
              <Radio
                key={scale}
                value={String(scale)}
                label={t('textSize.percent', { percent: scale, formatParams: { percent: { style: 'percent' } } })}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
    </section>
  );
}

import { ButtonsSection } from './buttons-section.tsx';
import { ChartsSection } from './charts-section.tsx';
import { FieldsSection } from './fields-section.tsx';
import { FormSection } from './form-section.tsx';
import { OverlaysSection } from './overlays-section.tsx';
import styles from './parts-page.module.css';
import { SecretsSection } from './secrets-section.tsx';
import { StatesSection } from './states-section.tsx';

export function PartsPage() {
  return (
    <main className={styles.page}>
      <h1>Gallery</h1>
      <ButtonsSection />
      <FieldsSection />
      <FormSection />
      <OverlaysSection />
      <SecretsSection />
      <StatesSection />
      <ChartsSection />
    </main>
  );
}

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '../src/ui/button.tsx';
import { Card } from '../src/ui/card.tsx';
import { FieldGroup, Form, FormActions, useField } from '../src/ui/form.tsx';
import { Stepper } from '../src/ui/stepper.tsx';
import { TextField } from '../src/ui/text-field.tsx';
import { showToast } from '../src/ui/toast.tsx';
import { Columns, Section } from './section.tsx';

export function FormSection() {
  const [step, setStep] = useState(2);
  const form = useForm({ defaultValues: { name: '', address: '' } });
  const name = useField(form.control, 'name', { required: 'Enter a name.' });
  const address = useField(form.control, 'address', { required: 'Enter the address of the site.' });
  return (
    <Section title="Forms">
      <Stepper
        label="New access key"
        steps={['Application', 'Security', 'Data', 'Period', 'Review']}
        current={step}
        onGoBack={setStep}
      />
      <Columns>
        <Card title="New password">
          <Form
            errors={form.formState.errors}
            onSubmit={form.handleSubmit(() => void showToast({ tone: 'success', text: 'Password saved' }))}
          >
            <FieldGroup title="Where it is used">
              <TextField {...name} label="Name of the site" />
              <TextField {...address} label="Address of the site" />
            </FieldGroup>
            <FormActions>
              <Button variant="quiet">Cancel</Button>
              <Button variant="primary" type="submit">
                Save site
              </Button>
            </FormActions>
          </Form>
        </Card>
      </Columns>
    </Section>
  );
}

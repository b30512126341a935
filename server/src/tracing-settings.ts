import { oneOf, type Reader, receiverUrl, SettingProblem, setting, whole } from './setting-readers.ts';

const collector = receiverUrl(['http:', 'https:'], 'http://127.0.0.1:4318');

const share: Reader<number> = (value) => {
  if (!/^(0(\.\d+)?|1(\.0+)?)$/.test(value)) throw new SettingProblem('must be a number from 0 to 1');
  return Number(value);
};

/** Settings of traces, by the names that OpenTelemetry gives them in all programs. */
export const tracingSettings = {
  otlpUrl: setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    '',
    collector,
    'Receiver of traces by OTLP over HTTP, to whose address `/v1/traces` is added. Without it and the next one there are none.',
  ),
  tracesUrl: setting(
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    '',
    collector,
    'The same, taken as it is; it goes before the other.',
  ),
  tracesMilliseconds: setting(
    'OTEL_EXPORTER_OTLP_TIMEOUT',
    '3000',
    whole(1, 60_000),
    'Milliseconds until a batch of traces that the receiver does not take is thrown away.',
  ),
  tracesSampler: setting(
    'OTEL_TRACES_SAMPLER',
    'parentbased_always_on',
    oneOf(
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ),
    'Which requests are traced; with `parentbased_` the word of a caller who sends `traceparent` counts.',
  ),
  tracesShare: setting(
    'OTEL_TRACES_SAMPLER_ARG',
    '1',
    share,
    'The share of requests that `traceidratio` and `parentbased_traceidratio` trace.',
  ),
  tracesOff: setting(
    'OTEL_SDK_DISABLED',
    'false',
    (value) => oneOf('true', 'false')(value) === 'true',
    '`true` traces nothing, whatever the others say.',
  ),
} as const;

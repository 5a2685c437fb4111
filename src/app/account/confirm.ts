import { MusterError } from '../../core/errors/muster-error.ts'
import type { SetupPreview } from '../results/account.ts'
import type { Services } from '../services.ts'

/** Shows what would be done and what it costs, and asks. Throws Declined; UsageInvalid where nobody can be asked. */
export async function confirmSetup(preview: SetupPreview, yes: boolean, services: Services): Promise<void> {
  const { goal, actions, usdPerHour, pricesOf } = preview
  const { events, prompter, cloud } = services
  for (const { what, reason, usdPerHour: usd } of actions) events.emit('setup.step', { what, reason, usdPerHour: usd })
  const free = cloud.name === 'sandbox'
  events.emit('setup.planned', { goal, steps: actions.length, usdPerHour, pricesOf, free, region: preview.region })
  if (yes) return
  const again = goal === 'make' ? 'muster setup' : 'muster setup --remove'
  if (!prompter.interactive) {
    throw new MusterError(
      'UsageInvalid',
      `${again} asks before it changes the account, and there is no terminal to ask at`,
      {
        suggestions: [`${again} --yes`, `${again} --dry-run`],
      },
    )
  }
  const answer = await prompter.choose(
    `${goal === 'make' ? 'make' : 'remove'} this in ${cloud.name}, account ${preview.account}, region ${preview.region}?`,
    [
      { value: 'yes', label: goal === 'make' ? 'make it' : 'remove it' },
      { value: 'no', label: 'leave everything as it is' },
    ],
    'no',
  )
  if (answer === 'no') throw new MusterError('Declined', 'nothing was changed', { suggestions: [`${again} --yes`] })
}

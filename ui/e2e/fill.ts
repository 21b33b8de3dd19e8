// Before the first journey: the demo office that all journeys copy is filled once, without their clock
// running; two of them filling it at the same time only wait for each other.
import { Bridge } from './desk';

export default async function fill(): Promise<void> {
    const bridge = await Bridge.start({ demo: 120 });
    await bridge.stop();
}

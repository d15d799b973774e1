using System.Globalization;
using Comity.Bench;

// `./comity bench`: what the product needs, on this machine, beside what people would use today. Figures, never a judgement:
// no test waits for them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await BenchCommands.Make().Parse(args).InvokeAsync();

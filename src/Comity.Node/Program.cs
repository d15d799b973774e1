using Comity.Accounts;
using Comity.Directory;
using Comity.Exchange;
using Comity.Kernel.Modules;
using Comity.Node.Commands;
using Comity.Post;

// The rooms, from the ground up.
var modules = new ModuleCatalog([new AccountsModule(), new PostModule(), new DirectoryModule(), new ExchangeModule()]);

return await CommandLine.RunAsync(modules, args);

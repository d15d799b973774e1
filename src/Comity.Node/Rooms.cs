using Comity.Accounts;
using Comity.Directory;
using Comity.Exchange;
using Comity.Kernel.Modules;
using Comity.Post;

namespace Comity.Node;

/// <summary>The rooms of this program, from the ground up.</summary>
internal static class Rooms
{
    public static ModuleCatalog Catalog { get; } =
        new([new AccountsModule(), new PostModule(), new DirectoryModule(), new ExchangeModule()]);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Comity.Kernel.Data;

/// <summary>The model follows from the modules: two compositions in one process have two models.</summary>
internal sealed class ModelPerCatalog : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), (context as AppDb)?.Composition, designTime);
}
